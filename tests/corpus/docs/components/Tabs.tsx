import { signal } from 'velox/client';

interface Props<Name extends string> {
  tabs: Record<Name, string>;
  label: string;
}

export default function Tabs<Name extends string>({ tabs, label }: Props<Name>) {
  const names = Object.keys(tabs) as Name[];
  const active = signal<Name | undefined>(names[0]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || active.value === undefined) return;
    active.value = names[(names.indexOf(active.value) + by + names.length) % names.length];
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {names.map((name) => (
          <button key={name} role="tab" type="button" aria-selected={active.value === name} tabIndex={active.value === name ? 0 : -1} onClick={() => (active.value = name)}>
            {name}
          </button>
        ))}
      </div>
      <pre role="tabpanel"><code>{active.value === undefined ? '' : tabs[active.value]}</code></pre>
    </div>
  );
}
