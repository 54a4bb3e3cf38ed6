/** `npm run wasm`: compiles what is written in AssemblyScript to WebAssembly, as modules that hold it as text. */
import { buildWasm } from './wasm-build.ts';

await buildWasm();
