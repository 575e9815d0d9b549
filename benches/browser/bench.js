// Times every case in the module with SIMD, in the one without and in the plain reference, in turns, so that a disturbance
// of the machine meets all of them. Times are the shortest of many turns. With `?report=ADDRESS` the table goes there too.
import initSimd, * as simd from './bench_browser.js';
import initPlain, * as plain from './plain/bench_browser.js';

const TURN_MILLIS = 10, TURNS = 12;

const pause = () => new Promise((resolve) => setTimeout(resolve));

function once(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

// As many runs as a turn takes: the clock of a page is coarse.
function turn(job) {
  const start = performance.now();
  let runs = 0, elapsed = 0;
  for (; elapsed < TURN_MILLIS; elapsed = performance.now() - start) { job.run(); runs += 1; }
  return elapsed / runs;
}

// The convolutions, then the ways to enlarge.
const countOfCases = () => simd.caseCount() + simd.UpsampleJob.caseCount();

function nameOf(number) {
  return number < simd.caseCount() ? simd.caseName(number) : simd.UpsampleJob.caseName(number - simd.caseCount());
}

function jobOf(module, number) {
  const convolutions = module.caseCount();
  return number < convolutions ? module.Job.ofCase(number) : module.UpsampleJob.ofCase(number - convolutions);
}

async function measure(number) {
  const jobs = [simd, plain].map((module) => jobOf(module, number));
  // The engine compiles better what has run for a while.
  jobs.forEach((job) => { for (let i = 0; i < 5; i += 1) turn(job); });
  const best = [Infinity, Infinity];
  for (let i = 0; i < TURNS; i += 1) {
    jobs.forEach((job, which) => { best[which] = Math.min(best[which], turn(job)); });
    await pause();
  }
  let difference, reference = Infinity;
  for (let i = 0; i < 2; i += 1) {
    jobs[0].run();
    reference = Math.min(reference, once(() => { difference = jobs[0].runReference(); }));
    await pause();
  }
  jobs.forEach((job) => job.free());
  return { name: nameOf(number), millis: best[0], plainMillis: best[1], referenceMillis: reference, difference };
}

function show(row) {
  const cells = [
    row.name, row.millis.toFixed(3), row.plainMillis.toFixed(3), row.referenceMillis.toFixed(1),
    (row.plainMillis / row.millis).toFixed(1), (row.referenceMillis / row.millis).toFixed(0), row.difference.toExponential(1),
  ];
  const line = document.createElement('tr');
  for (const text of cells) line.append(Object.assign(document.createElement('td'), { textContent: text }));
  document.getElementById('rows').append(line);
  return `| ${cells.join(' | ')} |`;
}

async function main() {
  await Promise.all([initSimd(), initPlain()]);
  const lines = [];
  for (let number = 0; number < countOfCases(); number += 1) {
    document.getElementById('state').textContent = `Running ${nameOf(number)} …`;
    await pause();
    lines.push(show(await measure(number)));
  }
  document.getElementById('state').textContent = 'Done.';
  return lines.join('\n');
}

const report = new URLSearchParams(location.search).get('report');
const send = (text) => report && fetch(report, { method: 'POST', mode: 'no-cors', body: text });
main().then(send, (error) => {
  document.getElementById('state').textContent = `Failed: ${error}`;
  send(`error: ${error}`);
});
