/** Whether a text is the address of an object as links write it. */
export function isAddress(text: string): boolean {
  return /^0x[0-9a-f]{1,16}$/.test(text);
}
