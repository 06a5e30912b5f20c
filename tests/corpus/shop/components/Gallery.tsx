import { signal } from 'velox/client';

type Image = { src: string; alt: string; width: number; height: number };

export default function Gallery({ images }: { images: Image[] }) {
  const at = signal(0);
  const step = (by: number) => () => {
    at.value = (at.value + by + images.length) % images.length;
  };
  const shown = images[at.value];
  if (!shown) return null;
  return (
    <figure class="gallery">
      <img {...shown} />
      <figcaption>
        <button type="button" onClick={step(-1)} aria-label="Previous picture">‹</button>
        {at.value + 1} / {images.length}
        <button type="button" onClick={step(1)} aria-label="Next picture">›</button>
      </figcaption>
    </figure>
  );
}
