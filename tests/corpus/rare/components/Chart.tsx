import type { Report } from '$lib/server-types';
import { type load } from '$lib/server-types';
import { analytics, dev, isBrowser, mode } from '$lib/env';
import { onMount, ref } from 'velox/client';

type Loaded = ReturnType<typeof load>;
interface Props { name: Report['name']; text?: Loaded }

export default function Chart({ name, text = '' }: Props) {
  const canvas = ref<HTMLCanvasElement>();
  onMount(() => {
    const context = canvas.current?.getContext('2d');
    const observer = new ResizeObserver(([entry]) => context?.fillRect(0, 0, entry!.contentRect.width, 10));
    if (canvas.current) observer.observe(canvas.current);
    window.dataLayer ??= [];
    navigator.sendBeacon?.(analytics, JSON.stringify({ name, mode }));
    const socket = new WebSocket('wss://x.example');
    requestAnimationFrame(() => socket.close());
    return () => observer.disconnect();
  });
  return <canvas ref={canvas} data-dev={dev} title={isBrowser ? document.title : text} onPointerMove={(event) => event.preventDefault()} />;
}
