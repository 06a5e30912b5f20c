import { onMount, signal } from 'velox/client';

interface Slide { id: number; src: string; alt: string; since: Date }

export default function Carousel({ slides, every }: { slides: Set<Slide>; every: number }) {
  const at = signal(0);
  const list = [...slides];
  onMount(() => {
    const timer = setInterval(() => (at.value = (at.value + 1) % list.length), every);
    return () => clearInterval(timer);
  });
  return (
    <ul class="carousel" style={{ '--at': at.value }}>
      {list.map(({ id, src, alt, since }, index) => (
        <li key={id} aria-hidden={index !== at.value}>
          <img src={src} alt={alt} title={`since ${since.getFullYear()}`} />
        </li>
      ))}
    </ul>
  );
}
