import { type ComponentType, startTransition, useLayoutEffect, useState } from 'react';
import { useSession } from './session.ts';

/** A component whose code is loaded when it is first rendered, or earlier. */
export interface LazyComponent<Props extends object> {
  (props: Props): React.ReactNode;
  /** Loads its code now, so that it is rendered together with what is around it. */
  load(): Promise<unknown>;
  /** Fetches its code now. It is still rendered in a task of its own, which keeps that of what is around it short. */
  prefetch(): Promise<unknown>;
}

/**
 * A component whose code is loaded when it is first rendered. Until then, `Fallback` is shown and the page counts as
 * busy.
 *
 * Used instead of `React.lazy`: React shows the content of a `Suspense` at the earliest 300 ms after its fallback, even
 * if the code is loaded sooner, which would delay each view, and the first figures of a dump.
 */
export function lazyComponent<Props extends object>(
  fetchCode: () => Promise<{ default: ComponentType<Props> }>,
  Fallback?: ComponentType,
): LazyComponent<Props> {
  let fetched: ComponentType<Props> | null = null;
  const load = async () => {
    fetched = (await fetchCode()).default;
    return fetched;
  };
  function Lazy(props: Props) {
    const { idle } = useSession();
    const [Loaded, setLoaded] = useState(() => fetched);
    const [failure, setFailure] = useState<Error | null>(null);
    useLayoutEffect(() => {
      if (Loaded !== null) return;
      const end = idle.begin();
      let isShown = true;
      load().then(
        component => isShown && startTransition(() => setLoaded(() => component)),
        error => isShown && setFailure(error instanceof Error ? error : new Error(String(error))),
      );
      return () => {
        isShown = false;
        end();
      };
    }, [Loaded, idle]);
    // Throw during rendering, for the nearest error boundary.
    if (failure !== null) throw failure;
    if (Loaded !== null) return <Loaded {...props} />;
    return Fallback ? <Fallback /> : null;
  }
  return Object.assign(Lazy, { load, prefetch: fetchCode });
}
