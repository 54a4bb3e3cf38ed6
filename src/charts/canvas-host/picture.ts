import type { Palette } from '../../theme/palette.ts';
import { CanvasSurface } from './canvas-surface.ts';
import type { ChartSize } from './geometry.ts';
import type { Surface } from './surface.ts';
import { SvgSurface } from './svg-surface.ts';
import type { MeasureText } from './text-measure.ts';

/** What a chart needs to know about where it is drawn. */
export interface Scene {
  size: ChartSize;
  palette: Palette;
  measure: MeasureText;
}

/** The third stage of a chart: draws a layout. The same picture is drawn on the screen, to PNG and to SVG. */
export type Picture = (surface: Surface, scene: Scene) => void;

export type PictureFormat = 'png' | 'svg';

/** What a chart offers to the view around it. */
export interface ChartHandle {
  /** Draws the chart as it is now, as the contents of a file. */
  toBlob(format: PictureFormat): Promise<Blob>;
}

/** Device pixels for each CSS pixel of a saved PNG: sharp on any screen and in print. */
const PNG_SCALE = 2;

/** Paints a picture on a canvas, at `pixelRatio` device pixels for each CSS pixel. Resizes the canvas if need be. */
export function paint(canvas: HTMLCanvasElement, picture: Picture, scene: Scene, pixelRatio: number): void {
  const width = Math.max(1, Math.round(scene.size.widthPx * pixelRatio));
  const height = Math.max(1, Math.round(scene.size.heightPx * pixelRatio));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = contextOf(canvas);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, scene.size.widthPx, scene.size.heightPx);
  picture(new CanvasSurface(context, scene.palette.fontSans), scene);
}

/** A picture as the contents of a PNG or SVG file. */
export async function pictureToBlob(picture: Picture, scene: Scene, format: PictureFormat): Promise<Blob> {
  if (format === 'svg') {
    const surface = new SvgSurface(scene.palette.fontSans);
    picture(surface, scene);
    return new Blob([surface.toString(scene.size, scene.palette.surface)], { type: 'image/svg+xml' });
  }
  const canvas = document.createElement('canvas');
  const onBackground: Picture = (surface, place) => {
    surface.fillRects(place.palette.surface, [0, 0, place.size.widthPx, place.size.heightPx]);
    picture(surface, place);
  };
  paint(canvas, onBackground, scene, PNG_SCALE);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture is too large for a PNG'))));
  });
}

/** The 2D context of a canvas. Browsers refuse it only for canvases that already have another kind of context. */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser does not support 2D canvases');
  return context;
}
