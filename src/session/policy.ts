const POLICIES = 'head > meta[http-equiv="Content-Security-Policy" i]';

/**
 * Whether the page has both of its policies: that of `index.html`, and the one that its first script adds. A host that
 * rewrites the page may remove the second; then workers could load other scripts.
 */
export function hasBothPolicies(): boolean {
  // The development server needs inline scripts, and is only reachable from this machine.
  if (import.meta.env.DEV) return true;
  const texts = [...document.querySelectorAll<HTMLMetaElement>(POLICIES)].map(({ content }) => content);
  const isWhole = (text: string) => text.startsWith('default-src ');
  return texts.length >= 2 && texts.every(isWhole) && texts.some(text => text.includes('worker-src blob:'));
}
