import { gzipFuzz } from './workers/testing/fuzz/gzip-fuzz.ts';
const s = performance.now();
const r = await gzipFuzz(Number(process.argv[2]), Number(process.argv[3]));
console.log(JSON.stringify({ ...r, failure: r.failure && { seed: r.failure.seed, what: r.failure.what, length: r.failure.file.length } }), Math.round(performance.now() - s));
