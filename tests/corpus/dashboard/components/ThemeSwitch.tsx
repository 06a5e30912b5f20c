import { effect, persistedSignal } from 'velox/client';

const themes = ['light', 'dark', 'auto'] as const;

export default function ThemeSwitch({ initial }: { initial: (typeof themes)[number] }) {
  const theme = persistedSignal('theme', initial);
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
  return (
    <div role="radiogroup" aria-label="Theme">
      {themes.map((name) => (
        <button key={name} type="button" role="radio" aria-checked={theme.value === name} onClick={() => (theme.value = name)}>
          {name}
        </button>
      ))}
    </div>
  );
}
