/** A file that the benchmark measures. */
export interface MeasuredFile {
  name: string;
  description: string;
  path: string;
  fileBytes: number;
  compressed: boolean;
}

/** Users do not drop a file within the first seconds, while the browser's engine compiles the page's code. */
export const TAB_AGE_MS = 3000;
