import {
  Box,
  ChartColumn,
  ChartLine,
  Flame,
  Gauge,
  GitCompareArrows,
  GitFork,
  Grid3x3,
  LayoutDashboard,
  Lightbulb,
  ListTree,
  type LucideIcon,
  MapPin,
  Network,
  Shapes,
  Table2,
  TextQuote,
  Waypoints,
  Workflow,
} from 'lucide-react';
import type { ViewKind } from '../../state/navigation.ts';
import { useActiveSubject, useApp } from '../../state/use-app.ts';
import { viewsFor } from '../../state/view-list.ts';
import { Tooltip } from '../../widgets/Tooltip.tsx';
import styles from './Rail.module.css';

const ICONS: Readonly<Record<ViewKind, LucideIcon>> = {
  overview: Gauge,
  findings: Lightbulb,
  treemap: LayoutDashboard,
  flame: Flame,
  generations: ChartColumn,
  retainers: Waypoints,
  classes: Shapes,
  owners: Network,
  sites: MapPin,
  tree: ListTree,
  strings: TextQuote,
  threads: Workflow,
  shapes: GitFork,
  pages: Grid3x3,
  objects: Box,
  compare: GitCompareArrows,
  functions: Table2,
  calls: Flame,
  areas: LayoutDashboard,
  series: ChartLine,
};

/** The views of the active file. */
export function Rail() {
  const current = useApp(state => state.view.kind);
  const subject = useActiveSubject();
  const navigate = useApp(state => state.navigate);
  return (
    <nav className={styles.rail} aria-label="Views">
      <ul>
        {viewsFor(subject ?? 'heap').map(({ kind, name, shows, shortcut }) => {
          const Icon = ICONS[kind];
          return (
            <li key={kind}>
              <Tooltip text={`${shows} (g ${shortcut})`} side="right">
                <button
                  type="button"
                  className={styles.item}
                  aria-current={kind === current ? 'page' : undefined}
                  onClick={() => navigate(kind)}
                >
                  <Icon size={18} aria-hidden />
                  <span>{name}</span>
                </button>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
