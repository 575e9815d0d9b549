// Starts the program of the page that the address names, and another one when the reader goes to its page: asks the
// browser what it can do, fetches with progress, says what to do when it fails, and keeps the focus while programs change.

// The youngest thing asked for is light-dark() in the styles; SIMD is older.
const BROWSERS = "Chrome or Edge 123, Firefox 120, Safari 17.5 and later";

// A module with one function that makes a vector of sixteen equal bytes and reads one back: valid where 128-bit SIMD is.
const SIMD_PROBE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7f, // one type: () -> i32
  0x03, 0x02, 0x01, 0x00, // one function of that type
  0x0a, 0x0b, 0x01, 0x09, 0x00, // its code, no locals
  0x41, 0x2a, 0xfd, 0x0f, // i32.const 42, i8x16.splat
  0xfd, 0x16, 0x03, // i8x16.extract_lane_u 3
  0x0b, // end
);

// Trunk writes the names of one program's files into the attributes of this script's tag (see Trunk.toml), with a hash of
// what is in them. The other program's files have plain names, which a cache may keep for too long. All programs have the
// id of the build inside, so that the hash changes with any of them: here it keeps the versions together.
const { script, wasm } = document.querySelector("script[data-wasm]").dataset;
const version = /-([0-9a-f]+)/.exec(wasm)?.[1] ?? "";

const PROGRAMS = {
  matrix: { script, wasm },
  lesson: { script: `lesson.js?v=${version}`, wasm: `lesson_bg.wasm?v=${version}` },
  restore: { script: `restore.js?v=${version}`, wasm: `restore_bg.wasm?v=${version}` },
  upsample: { script: `upsample.js?v=${version}`, wasm: `upsample_bg.wasm?v=${version}` },
  enlarge: { script: `enlarge.js?v=${version}`, wasm: `enlarge_bg.wasm?v=${version}` },
};

// The story of a page comes first; the page's whole program takes its place when it is first asked for.
const PROGRAM_OF = { matrix: "matrix", restore: "restore", upsample: "upsample" };
const WHOLE_PROGRAM_OF = { matrix: "lesson", upsample: "enlarge" };

const first = document.getElementById("first");
const still = document.getElementById("still");
const bar = document.getElementById("loading");
const problem = document.getElementById("problem");

/** The programs that run. */
const running = new Set();

/** The programs on their way, each with the promise of its start. */
const coming = new Map();

/** How often the download of a program has failed. */
const failures = { matrix: 0, lesson: 0, restore: 0, upsample: 0, enlarge: 0 };

/** What the dialog's link does in place of loading the page again. */
let again = null;

/** A failure whose message is a sentence for the reader. */
class Trouble extends Error {}

/** The page that the address names, found as in src/lesson/address.rs. */
function pageInAddress() {
  const slug = location.hash.slice(1).split("?")[0].replace(/^\/+|\/+$/g, "");
  return Object.hasOwn(PROGRAM_OF, slug) ? slug : "matrix";
}

/** Shows the dialog of index.html with a sentence; `cause` goes to the console for whoever reports it. */
function show(title, sentence, cause) {
  if (cause) console.error(cause);
  document.getElementById("problem-title").textContent = title;
  document.getElementById("problem-text").textContent = sentence;
  bar.parentElement.hidden = true;
  // A browser may be young enough for modules and too old for dialogs.
  if (problem.showModal) problem.showModal();
  else problem.setAttribute("open", "");
}

/** The response of a program's file, checked so far as headers tell. */
async function fetchProgram(address) {
  let response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new Trouble("The program could not be downloaded. Check the connection, then try again.", { cause });
  }
  if (!response.ok) {
    throw new Trouble(
      `The server answered ${response.status} instead of the page's program. If the site was updated just now, try again.`,
    );
  }
  if (/^text\/html\b/i.test(response.headers.get("content-type") ?? "")) {
    throw new Trouble("The server sent a web page instead of the page's program. Try again, or tell whoever runs the site.");
  }
  return response;
}

/** The same response, counted into the progress bar while it comes in, and with the type that streaming asks for. */
function counted(response) {
  const type = { headers: { "content-type": "application/wasm" } };
  if (!response.body) return response.arrayBuffer().then((bytes) => new Response(bytes, type));
  // With a content encoding the length counts other bytes than those that arrive here: then the bar only shows life.
  const length = response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  let arrived = 0;
  const reader = response.body.getReader();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch((cause) => {
        throw new Trouble("The download broke off. Check the connection, then try again.", { cause });
      });
      if (done) return controller.close();
      arrived += value.byteLength;
      if (length > 0) bar.value = arrived / length;
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, type);
}

/** Downloads a program, both files at once, and starts it. */
async function start(name) {
  const address = (file) => {
    const url = new URL(file, document.baseURI);
    // A browser may keep it in mind when a module could not be had, and not ask for the same one again.
    if (failures[name] > 0) url.searchParams.set("try", failures[name]);
    return url;
  };
  const module = import(address(PROGRAMS[name].script)).catch((cause) => {
    throw new Trouble("A part of the program could not be downloaded. Check the connection, then try again.", { cause });
  });
  const [program, response] = await Promise.all([module, fetchProgram(address(PROGRAMS[name].wasm))]);
  await program.default({ module_or_path: counted(response) });
  running.add(name);
}

/** The start of a program, begun unless it has been. */
function started(name) {
  if (!coming.has(name)) {
    coming.set(name, start(name).catch((cause) => {
      failures[name] += 1;
      throw cause;
    }).finally(() => coming.delete(name)));
  }
  return coming.get(name);
}

/** Shows the first paint, with the page that is on its way. */
function wait(page) {
  bar.removeAttribute("value");
  bar.parentElement.hidden = false;
  for (const link of first.querySelectorAll("nav a")) {
    if (link.hash === `#/${page}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  still.hidden = page !== "matrix";
  document.getElementById("app").prepend(first);
}

/** Gives the focus to the navigation in view, if it was in one that has gone. */
function keepFocus(wasInNavigation) {
  if (wasInNavigation && document.activeElement === document.body) {
    document.querySelector("#app nav [aria-current]")?.focus();
  }
}

/** Brings the page of the address into view. The programs hear of a new address after this script. */
async function open() {
  const inNavigation = () => Boolean(document.activeElement?.closest(".bar"));
  let wasInNavigation = inNavigation();
  const page = pageInAddress();
  const name = PROGRAM_OF[page];
  if (!running.has(name)) {
    wait(page);
    setTimeout(keepFocus, 0, wasInNavigation);
    try {
      await started(name);
    } catch (cause) {
      // The reader may have gone elsewhere meanwhile; coming back tries again.
      if (PROGRAM_OF[pageInAddress()] === name) fail(name, cause);
      return;
    }
    if (PROGRAM_OF[pageInAddress()] !== name) return;
    wasInNavigation = inNavigation();
  }
  // A program that refused to start has shown the dialog.
  if (!problem.open) first.remove();
  setTimeout(keepFocus, 0, wasInNavigation);
}

/** Brings the whole program of a page, while the story stays in view. */
async function openWhole(page) {
  const name = WHOLE_PROGRAM_OF[page];
  if (running.has(name)) return;
  try {
    await started(name);
  } catch (cause) {
    fail(name, cause, () => openWhole(page));
    return;
  }
  PROGRAM_OF[page] = name;
}

/** Gives the focus back while one program takes the place of another: to the same words in the same group. */
function passFocusOn() {
  const words = (element) => [element.textContent, element.ariaLabel, element.parentElement?.ariaLabel].join("\n");
  const wanted = words(document.activeElement);
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    [...document.querySelectorAll("#app :is(a, button)")].find((element) => words(element) === wanted)?.focus();
  }, 0);
}

/** Says that a program did not come, and how to go on. */
function fail(name, cause, retry = open) {
  // Loading the page again costs what is in no address, an own picture: with a program running that is the second resort.
  again = running.size > 0 && failures[name] === 1 ? retry : null;
  const sentence = cause instanceof Trouble
    ? cause.message
    : `The program did not start. Try again; if that does not help, use ${BROWSERS}.`;
  show(running.size > 0 ? "The page could not be opened" : "The page could not start", sentence, cause);
}

// The page's state lives in the fragment: reloading the same address brings the reader back to it. Following a link that
// differs in nothing but its fragment would not load anything. The listener stands here, and not where the dialog is
// shown, because a page whose program has stopped shows the dialog too.
document.getElementById("problem-again").addEventListener("click", (event) => {
  event.preventDefault();
  const retry = again;
  if (!retry) return location.reload();
  problem.close();
  retry();
});
problem.addEventListener("close", () => again = null);

// The reader's choice on an earlier visit, which src/web/theme.rs keeps.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without a storage the page follows the system.
}

if (
  typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD_PROBE) || !CSS.supports("color", "light-dark(red, red)")
) {
  show(
    "This browser is too old",
    `The page computes and draws with things that this browser does not know yet. It works in ${BROWSERS}.`,
  );
} else {
  for (const [page, name] of Object.entries(WHOLE_PROGRAM_OF)) {
    addEventListener(`${name}-asked`, () => openWhole(page));
    // Then the story's program is still in view, and has gone a moment later.
    addEventListener(`${name}-arrived`, passFocusOn);
  }
  addEventListener("hashchange", open);
  open();
}
