/** Saves a blob to a file of the user. What no file system likes in a name becomes a dash. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  link.click();
  // The download has begun by the next task; until then the URL must live.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
