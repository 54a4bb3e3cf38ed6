import { useDeferredValue, useLayoutEffect } from 'react';
import { useSession } from './session.ts';

/** Like `useDeferredValue`, and the page is not idle until what depends on the value is drawn. */
export function useDeferred<Value>(value: Value): Value {
  const { idle } = useSession();
  const deferred = useDeferredValue(value);
  const isPending = deferred !== value;
  useLayoutEffect(() => (isPending ? idle.begin() : undefined), [isPending, idle]);
  return deferred;
}
