/** A file that the benchmark measures. */
export interface MeasuredFile {
  name: string;
  description: string;
  path: string;
  fileBytes: number;
  compressed: boolean;
}

/** Nobody drops a file within the first seconds: the engine compiles its code meanwhile. */
export const TAB_AGE_MS = 3000;
