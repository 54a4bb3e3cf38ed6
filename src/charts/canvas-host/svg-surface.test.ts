import { expect, it } from 'vitest';
import { SvgSurface } from './svg-surface.ts';

const SIZE = { widthPx: 20, heightPx: 10 };

it('writes one path for all rectangles of a colour', () => {
  const surface = new SvgSurface('sans');
  surface.fillRects('#f18411', [0, 0, 10, 5, 10, 5, 10.125, 5]);
  expect(surface.toString(SIZE, '#ffffff')).toContain(
    '<path fill="#f18411" d="M0 0h10v5h-10zM10 5h10.13v5h-10.13z"/>',
  );
});

it('never lets text from a dump become markup or break the file', () => {
  const surface = new SvgSurface('"Segoe UI", sans');
  surface.text('<script>"&\u0000\ud800', 1, 2, { paint: '#000000', font: 'label' });
  const svg = surface.toString(SIZE, '#ffffff');
  expect(svg).toContain('&lt;script&gt;&quot;&amp;\ufffd\ufffd</text>');
  expect(svg).toContain('font-family="&quot;Segoe UI&quot;, sans"');
});

it('defines one pattern for each colour of hatching', () => {
  const surface = new SvgSurface('sans');
  surface.hatchRects('#000000', [0, 0, 5, 5]);
  surface.hatchRects('#000000', [5, 5, 5, 5]);
  expect(surface.toString(SIZE, '#ffffff').match(/<pattern/g)).toHaveLength(1);
});
