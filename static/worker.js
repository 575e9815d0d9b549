// Starts the worker's module, both files of the page's own build, and says so when they cannot be loaded.
const { search } = self.location;
try {
  const { default: init } = await import(`../worker.js${search}`);
  await init({ module_or_path: new URL(`../worker_bg.wasm${search}`, import.meta.url) });
} catch (error) {
  self.postMessage(['broken', 0, String(error)]);
}
