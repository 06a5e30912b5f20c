import { signal } from 'velox/client';

export default function Signup({ source }: { source: string }) {
  const state = signal<{ step: 'form' } | { step: 'done'; mail: string } | { step: 'failed'; why: string }>({ step: 'form' });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const answer = await fetch('/api/signup', { method: 'POST', body: data });
    state.value = answer.ok ? { step: 'done', mail: String(data.get('mail')) } : { step: 'failed', why: await answer.text() };
  };
  const now = state.value;
  if (now.step === 'done') return <p role="status">See you soon, {now.mail}!</p>;
  return (
    <form method="post" action="/api/signup" onSubmit={submit}>
      <input type="hidden" name="source" value={source} />
      <input type="email" name="mail" required placeholder="you@company.example" aria-label="E-mail" />
      <button>Try it</button>
      {now.step === 'failed' && <p role="alert">{now.why}</p>}
    </form>
  );
}
