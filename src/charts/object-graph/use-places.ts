import { useCallback, useEffect, useRef, useState } from 'react';
import type { BeginWork } from '../canvas-host/canvas-layer.ts';
import type { ObjectGraph } from './graph.ts';
import { type LayOut, loadLayout, type Place, type Places, placesAfter } from './layout.ts';

export interface GraphPlaces {
  /** Null until the layout is computed. */
  places: Places | null;
  error: Error | null;
  move(id: string, place: Place): void;
  /** Lays out all boxes again, except those that were dragged. */
  tidy(): void;
  /** Boxes that were dragged, which stay where they were dropped. */
  pinned: ReadonlySet<string>;
  setPinned(id: string, pinned: boolean): void;
}

/** The places of a graph's boxes: boxes that are already drawn stay, whatever else is added or removed. */
export function usePlaces(graph: ObjectGraph, beginWork: BeginWork): GraphPlaces {
  const [layOut, setLayOut] = useState<{ run: LayOut } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [state, setState] = useState<{ graph: ObjectGraph; places: Places } | null>(null);
  const [pinned, setPinnedSet] = useState<ReadonlySet<string>>(new Set());
  /** All places that boxes have had, so that a box that is collapsed and expanded returns to its place. */
  const known = useRef(new Map<string, Place>());

  useEffect(() => {
    const end = beginWork();
    let wanted = true;
    loadLayout()
      .then(
        run => wanted && setLayOut({ run }),
        (reason: unknown) => wanted && setError(reason instanceof Error ? reason : new Error(String(reason))),
      )
      .finally(end);
    return () => {
      wanted = false;
    };
  }, [beginWork]);

  useEffect(() => {
    if (layOut === null) return;
    setState(old => {
      const places = placesAfter(old?.places ?? new Map(), known.current, graph, layOut.run(graph));
      for (const [id, place] of places) known.current.set(id, place);
      return { graph, places };
    });
  }, [graph, layOut]);

  const move = useCallback((id: string, place: Place) => {
    known.current.set(id, place);
    setState(old => old && { ...old, places: new Map(old.places).set(id, place) });
  }, []);
  const setPinned = useCallback((id: string, isPinned: boolean) => {
    setPinnedSet(old => {
      const next = new Set(old);
      if (isPinned) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  const tidy = () => {
    if (layOut === null) return;
    const fixed = new Map([...known.current].filter(([id]) => pinned.has(id)));
    const laidOut = layOut.run(graph);
    known.current = new Map([...laidOut, ...fixed]);
    setState({ graph, places: new Map(known.current) });
  };
  return { places: state?.places ?? null, error, move, tidy, pinned, setPinned };
}
