import type { PictureFormat } from '../canvas-host/picture.ts';
import { LINE_OVERHANG_PX } from './layout.ts';

const MARGIN_PX = LINE_OVERHANG_PX;
/** Device pixels for each CSS pixel of a saved PNG. */
const PNG_SCALE = 2;
/** Style properties that a copy of an element needs outside the page. */
const COPIED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'opacity',
  'visibility',
] as const;

/** Saves the whole graph as it is drawn, as the contents of a file. */
export async function saveGraph(
  drawn: SVGSVGElement,
  bounds: { x: number; y: number; width: number; height: number },
  format: PictureFormat,
): Promise<Blob> {
  const width = Math.ceil(bounds.width + 2 * MARGIN_PX);
  const height = Math.ceil(bounds.height + 2 * MARGIN_PX);
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  copyStyles(drawn, copy);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('viewBox', `${bounds.x - MARGIN_PX} ${bounds.y - MARGIN_PX} ${width} ${height}`);
  copy.querySelector('[data-content]')?.removeAttribute('transform');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const at = { x: bounds.x - MARGIN_PX, y: bounds.y - MARGIN_PX, width, height };
  for (const [name, value] of Object.entries(at)) ground.setAttribute(name, String(value));
  ground.setAttribute('fill', getComputedStyle(drawn).getPropertyValue('--surface'));
  copy.prepend(ground);
  const svg = new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' });
  return format === 'svg' ? svg : await rasterised(svg, width, height);
}

/** Copies the computed styles of the drawn elements to their copies. */
function copyStyles(drawn: Element, copy: Element): void {
  const style = getComputedStyle(drawn);
  // As attributes: a content security policy where the file is opened might not allow inline styles.
  for (const name of COPIED) copy.setAttribute(name, style.getPropertyValue(name));
  for (const name of ['class', 'style', 'tabindex', 'role']) copy.removeAttribute(name);
  for (const [at, child] of [...drawn.children].entries()) copyStyles(child, copy.children[at]!);
}

async function rasterised(svg: Blob, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * PNG_SCALE;
    canvas.height = height * PNG_SCALE;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser does not support 2D canvases');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture is too large for a PNG'))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
