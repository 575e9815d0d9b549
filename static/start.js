// Starts the page's program: asks the browser what it can do, fetches with progress, and says what to do when it fails.
// Trunk writes the names of the two files into the attributes of this script's tag (see Trunk.toml).

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

/** A failure whose message is a sentence for the reader. */
class Trouble extends Error {}

/** Shows the dialog of index.html with a sentence; `cause` goes to the console for whoever reports it. */
function show(title, sentence, cause) {
  if (cause) console.error(cause);
  document.getElementById("problem-title").textContent = title;
  document.getElementById("problem-text").textContent = sentence;
  document.getElementById("loading")?.parentElement.remove();
  const dialog = document.getElementById("problem");
  // A browser may be young enough for modules and too old for dialogs.
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}

/** The response of the program's file, checked so far as headers tell. */
async function fetchProgram(address) {
  let response;
  try {
    // Mode and credentials are those of the preload link, so that the browser takes what it has begun to fetch.
    response = await fetch(address, { mode: "cors", credentials: "same-origin" });
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
function counted(response, bar) {
  const type = { headers: { "content-type": "application/wasm" } };
  if (!response.body) return response.arrayBuffer().then((bytes) => new Response(bytes, type));
  // With a content encoding the length counts other bytes than those that arrive here: then the bar only shows life.
  const length = Number(response.headers.get("content-length"));
  if (bar && length > 0 && !response.headers.get("content-encoding")) {
    bar.max = length;
    bar.value = 0;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch((cause) => {
        throw new Trouble("The download broke off. Check the connection, then try again.", { cause });
      });
      if (done) return controller.close();
      if (bar?.max > 1) bar.value += value.byteLength;
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, type);
}

async function start({ script, wasm }) {
  const module = import(new URL(script, document.baseURI)).catch((cause) => {
    throw new Trouble("A part of the program could not be downloaded. Check the connection, then try again.", { cause });
  });
  const response = fetchProgram(new URL(wasm, document.baseURI));
  const [program, checked] = await Promise.all([module, response]);
  await program.default({ module_or_path: counted(checked, document.getElementById("loading")) });
}

// The page's state lives in the fragment: reloading the same address brings the reader back to it. Following a link that
// differs in nothing but its fragment would not load anything. The listener stands here, and not where the dialog is
// shown, because a page whose program has stopped shows the dialog too.
document.getElementById("problem-again").addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});

const tag = document.querySelector("script[data-wasm]");
if (
  typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD_PROBE) || !CSS.supports("color", "light-dark(red, red)")
) {
  show(
    "This browser is too old",
    `The page computes and draws with things that this browser does not know yet. It works in ${BROWSERS}.`,
  );
} else {
  start(tag.dataset).catch((cause) => {
    const sentence = cause instanceof Trouble
      ? cause.message
      : `The program did not start. Try again; if that does not help, use ${BROWSERS}.`;
    show("The page could not start", sentence, cause);
  });
}
