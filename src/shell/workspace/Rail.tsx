import {
  Box,
  ChartColumn,
  Flame,
  Gauge,
  LayoutDashboard,
  Lightbulb,
  type LucideIcon,
  Shapes,
  Workflow,
} from 'lucide-react';
import { VIEWS, type ViewKind } from '../../state/navigation.ts';
import { useApp } from '../../state/use-app.ts';
import { Tooltip } from '../../widgets/Tooltip.tsx';
import styles from './Rail.module.css';

const ICONS: Readonly<Record<ViewKind, LucideIcon>> = {
  overview: Gauge,
  findings: Lightbulb,
  treemap: LayoutDashboard,
  flame: Flame,
  generations: ChartColumn,
  classes: Shapes,
  threads: Workflow,
  objects: Box,
};

/** The views. */
export function Rail() {
  const current = useApp(state => state.view.kind);
  const navigate = useApp(state => state.navigate);
  return (
    <nav className={styles.rail} aria-label="Views">
      <ul>
        {VIEWS.map(({ kind, name, shows, shortcut }) => {
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
