import { Component, type ReactNode } from 'react';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Notice } from '../../widgets/Notice.tsx';

/** Keeps an error in one part of the page from removing the rest, and shows it. */
export class FailureBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Notice tone="danger">
        <p>This part of the page failed: {error.message}</p>
        <p>The others still work. Please report this; the details hold nothing of the dump’s strings.</p>
        <CopyButton text={error.stack ?? error.message} label="Copy the details" />
      </Notice>
    );
  }
}
