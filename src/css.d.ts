import 'react';

declare module 'react' {
  /** CSS variables may be set like properties. */
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined;
  }
}
