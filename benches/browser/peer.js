// The project's convolutions, Fourier transform, iterations and up-sampling as one more peer of a harness that times several libraries in one page: `init`, then
// `make(case)` for each case, whose entries are run in turns. Served beside the module that wasm-bindgen made.
import init, { FourierJob, Job, UpsampleJob, denoise, richardsonLucy } from './bench_browser.js';

let memory;

const view = (at, length) => new Float32Array(memory.buffer, at, length);

function entries(kind, batch, channels, c, weight, weightShape, steps, source, notes) {
  const job = new Job(kind === 'transposed', new Uint32Array([batch, channels, c.h, c.w]), new Uint32Array(weightShape), new Uint32Array(steps));
  const height = c.oh ?? c.h, width = c.ow ?? c.w;
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

// The transform: the picture in, both parts of the half spectrum out, in the order in which it is computed.
function transform(c) {
  const { h, w, xp } = c, job = new FourierJob(h, w), place = new Map();
  job.frequencies().forEach((frequency, at) => { if (frequency >= 0) place.set(frequency, at); });
  const { length } = job.frequencies(), re = new Float32Array(length), im = new Float32Array(length);
  view(job.picture(), xp.length).set(xp);
  return [{
    io: 'e2e',
    note: 'spectrum left in blocks',
    run() {
      view(job.picture(), xp.length).set(xp);
      job.forward();
      re.set(view(job.re(), length));
      im.set(view(job.im(), length));
    },
    get(_, k, l) { const at = place.get(k * w + l); return at === undefined ? mirrored(k, l) : [re[at], im[at]]; },
    free() { job.free(); },
  }, { io: 'resident', run() { job.forward(); } }];
  // The lower half is the conjugate of the upper one.
  function mirrored(k, l) { const at = place.get((h - k) * w + (w - l) % w); return [re[at], -im[at]]; }
}

// A linear filter whose spectrum is there already.
function filter(c) {
  const { h, w, x, G } = c, job = new FourierJob(h, w), output = new Float32Array(h * w);
  job.setFilter(Float32Array.from(G.re), Float32Array.from(G.im));
  return [{
    io: 'e2e',
    run() {
      view(job.picture(), x.length).set(x);
      job.filter();
      output.set(view(job.filtered(), output.length));
    },
    get: (_, y, column) => output[y * w + column],
    free() { job.free(); },
  }];
}

// Twice as large. Arrays go in and out a plane at a time, so that the module's two planes stay in the cache.
function enlarge(c) {
  const { ch, h, w, oh, ow, xp } = c, make = (channels) => new UpsampleJob(c.mode === 'cubic', new Uint32Array([channels, h, w]));
  const plane = make(1), all = make(ch), output = new Float32Array(ch * oh * ow);
  view(all.input(), xp.length).set(xp);
  return [{
    io: 'e2e',
    run() {
      for (let channel = 0; channel < ch; channel += 1) {
        view(plane.input(), h * w).set(xp.subarray(channel * h * w, (channel + 1) * h * w));
        plane.run();
        output.set(view(plane.output(), oh * ow), channel * oh * ow);
      }
    },
    get: (channel, y, x) => output[(channel * oh + y) * ow + x],
    free() { plane.free(); all.free(); },
  }, { io: 'resident', run() { all.run(); } }];
}

// Richardson–Lucy on a picture that repeats beyond its edges; the peers' is black there, so the results differ near them.
function iterate(c, ker, note) {
  return { io: 'e2e', note, run() { richardsonLucy(c.x, c.w, ker, c.iters); } };
}

// A mask of the same size that falls apart into no short ones.
const ofFullRank = (ker) => ker.map((value, index) => value * (1 + (index * 7 % 11) / 11));

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
          for (const entry of entries('plain', ch, 1, c, ofFullRank(c.ker), [1, 1, k, k], [1, k >> 1, 0], c.xp, 'mask of full rank')) list.push({ ...entry, get: undefined });
        }
        return list;
      }
      case 'convsep': {
        const mask = Float32Array.from({ length: k * k }, (_, i) => c.ker1[i / k | 0] * c.ker1[i % k]);
        return entries('plain', ch, 1, c, mask, [1, 1, k, k], [1, k >> 1, 0], c.xp);
      }
      case 'conv2d': return entries('plain', 1, ch, c, c.wt, [cout, ch, k, k], [1, k >> 1, 0], c.xp);
      case 'convt': return entries('transposed', 1, ch, c, c.wt, [ch, cout, k, k], [2, 1, 4 - k], c.xp);
      case 'up': return enlarge(c);
      case 'rfft': return transform(c);
      case 'wiener': return filter(c);
      case 'rl': {
        if (k <= 11) return [iterate(c, c.ker, '')];
        return [iterate(c, c.ker, ''), iterate(c, ofFullRank(c.ker), 'mask of full rank')];
      }
      case 'tv': {
        let output;
        return [{
          io: 'e2e',
          run() { output = denoise(c.x, c.w, c.weight, c.iters); },
          get: (_, y, x) => output[y * c.w + x],
        }];
      }
      default: return null;
    }
  },
};
