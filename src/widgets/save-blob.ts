/** Saves a blob to a file. Characters that file systems do not allow in names become dashes. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  link.click();
  // The download has begun by the next task; until then the URL must stay valid.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
