import { asyncSignal, signal } from 'velox/client';

type State = { status: 'idle' } | { status: 'saving' } | { status: 'failed'; reason: string };

const initial: State = { status: 'idle' };

export default function Likes({ slug, initial: first }: { slug: string; initial: number }) {
  const count = signal(first);
  const state = signal<State>(initial);
  const total = asyncSignal(async () => (await fetch(`/api/likes/${slug}`)).json() as Promise<number>);
  async function like() {
    state.value = { status: 'saving' };
    try {
      const response = await fetch(`/api/likes/${slug}`, { method: 'POST' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      count.value += 1;
      state.value = { status: 'idle' };
    } catch (error: unknown) {
      state.value = { status: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }
  return (
    <button type="button" class={{ liked: count.value > first }} disabled={state.value.status === 'saving'} onClick={like}>
      ♥ {count} {total.loading && '…'} {state.value.status === 'failed' && <em>{state.value.reason}</em>}
    </button>
  );
}
