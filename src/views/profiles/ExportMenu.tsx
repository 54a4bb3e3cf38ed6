import { FileDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { ProfileInfo, ProfileParamsOf } from '../../../workers/protocol/profile-questions.ts';
import { useSession } from '../../session/session.ts';
import { Button } from '../../widgets/Button.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { saveBlob } from '../../widgets/save-blob.ts';
import styles from '../chart-view/ChartView.module.css';

type FileParams = ProfileParamsOf<'profileFile'>;

const FILES: readonly { as: FileParams['as']; name: string; extension: string }[] = [
  { as: 'collapsed', name: 'Collapsed stacks (a;b;c 123)', extension: 'collapsed.txt' },
  { as: 'speedscope', name: 'speedscope JSON', extension: 'speedscope.json' },
];

/** A menu that saves the visible tree in formats of other programs. */
export function ExportMenu(props: { profile: ProfileInfo; params: Omit<FileParams, 'as'> }) {
  const { profile } = props;
  const { service } = useSession();
  const [failure, setFailure] = useState<Error | null>(null);
  const save = async ({ as, extension }: (typeof FILES)[number]) => {
    try {
      const { tree, weight, scope, by, fold } = props.params;
      const params = { tree, weight, scope, by, fold, as };
      saveBlob(await service.askProfile(profile.id, 'profileFile', params), `${profile.name}.${extension}`);
      setFailure(null);
    } catch (reason) {
      setFailure(reason instanceof Error ? reason : new Error(String(reason)));
    }
  };
  return (
    <>
      {failure && <Notice tone="danger">Nothing was exported: {failure.message}</Notice>}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button>
            <FileDown size={14} aria-hidden />
            Export
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end" sideOffset={4} className={styles.menu}>
          {FILES.map(file => (
            <DropdownMenu.Item key={file.as} className={styles.item} onSelect={() => void save(file)}>
              {file.name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </>
  );
}
