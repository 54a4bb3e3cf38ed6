/** `npm run scanner`: compiles the scanner (AssemblyScript) to WebAssembly, as a module that holds it as text. */
import { buildScanner } from './scanner-build.ts';

await buildScanner();
