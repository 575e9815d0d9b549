// The project's convolutions as one more peer of a harness that times several libraries in one page: `init`, then
// `make(case)` for each case, whose entries are run in turns. Served beside the module that wasm-bindgen made.
import init, { Job } from './bench_browser.js';

let memory;

function entries(kind, batch, channels, c, weight, weightShape, steps, source, notes) {
  const job = new Job(kind === 'transposed', new Uint32Array([batch, channels, c.h, c.w]), new Uint32Array(weightShape), new Uint32Array(steps));
  const height = c.oh ?? c.h, width = c.ow ?? c.w;
  const view = (at, length) => new Float32Array(memory.buffer, at, length);
  view(job.weight(), weight.length).set(weight);
  view(job.input(), source.length).set(source);
  const length = job.outputLength(), output = new Float32Array(length);
  return [{
    io: 'e2e',
    note: notes,
    run() {
      view(job.input(), source.length).set(source);
      job.run();
      output.set(view(job.output(), length));
    },
    get: (channel, y, x) => output[(channel * height + y) * width + x],
    free() { job.free(); },
  }, {
    io: 'resident',
    note: notes,
    run() { job.run(); },
  }];
}

export default {
  name: 'ours',
  async init() { memory = (await init()).memory; },
  async make(c) {
    const { ch, cout, k } = c;
    switch (c.op) {
      // One mask for all channels: each channel is a picture of its own.
      case 'conv': {
        const list = entries('plain', ch, 1, c, c.ker, [1, 1, k, k], [1, k >> 1, 0], c.xp);
        if (k > 11) {
          // The harness's large mask is a Gaussian, which falls apart into two short ones; a mask that does not.
          const mask = c.ker.map((value, index) => value * (1 + (index * 7 % 11) / 11));
          for (const entry of entries('plain', ch, 1, c, mask, [1, 1, k, k], [1, k >> 1, 0], c.xp, 'mask of full rank')) list.push({ ...entry, get: undefined });
        }
        return list;
      }
      case 'convsep': {
        const mask = Float32Array.from({ length: k * k }, (_, i) => c.ker1[i / k | 0] * c.ker1[i % k]);
        return entries('plain', ch, 1, c, mask, [1, 1, k, k], [1, k >> 1, 0], c.xp);
      }
      case 'conv2d': return entries('plain', 1, ch, c, c.wt, [cout, ch, k, k], [1, k >> 1, 0], c.xp);
      case 'convt': return entries('transposed', 1, ch, c, c.wt, [ch, cout, k, k], [2, 1, 4 - k], c.xp);
      default: return null;
    }
  },
};
