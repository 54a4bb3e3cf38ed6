import { useEffect, useState } from 'react';
import { formatBytes } from '../../format/bytes.ts';
import { useSession } from '../../session/session.ts';
import { Button } from '../../widgets/Button.tsx';

/** A dump served with the page. */
interface Sample {
  file: string;
  title: string;
  description: string;
  bytes: number;
}

/** Buttons for the sample dumps served with the page, if there are any. */
export function Samples() {
  const { fileManager, idle } = useSession();
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => {
    const end = idle.begin();
    let wanted = true;
    fetchSamples()
      .then(found => {
        if (wanted) setSamples(found);
      })
      .finally(end);
    return () => {
      wanted = false;
    };
  }, [idle]);
  return samples.map(sample => (
    <Button
      key={sample.file}
      title={sample.description}
      onClick={() => void fileManager.openUrl(`samples/${sample.file}`)}
    >
      Try a sample: {sample.title} ({formatBytes(sample.bytes)})
    </Button>
  ));
}

async function fetchSamples(): Promise<Sample[]> {
  try {
    const response = await fetch(new URL('samples/index.json', document.baseURI));
    const list: unknown = response.ok ? await response.json() : [];
    return Array.isArray(list) ? list.filter(isSample) : [];
  } catch {
    // Served without samples, or offline: the page works without them.
    return [];
  }
}

function isSample(value: unknown): value is Sample {
  if (typeof value !== 'object' || value === null) return false;
  const { file, title, description, bytes } = value as Record<string, unknown>;
  return (
    typeof file === 'string' &&
    typeof title === 'string' &&
    typeof description === 'string' &&
    typeof bytes === 'number'
  );
}
