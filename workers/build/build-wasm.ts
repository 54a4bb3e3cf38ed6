/** `npm run wasm`: compiles the AssemblyScript sources to WebAssembly, embedded in modules as text. */
import { buildWasm } from './wasm-build.ts';

await buildWasm();
