import { computed, onCleanup, onMount, ref, signal } from 'velox/client';

export default function Carousel({ slides, every = 5000 }: { slides: { src: string; alt: string }[]; every?: number }) {
  const index = signal(0);
  const current = computed(() => slides[index.value % slides.length]);
  const root = ref<HTMLElement>();
  const go = (step: 1 | -1) => () => {
    index.value = (index.value + step + slides.length) % slides.length;
  };
  onMount(() => {
    const timer = setInterval(go(1), every);
    onCleanup(() => clearInterval(timer));
  });
  return (
    <section ref={root} aria-roledescription="carousel" onKeyDown={(event) => event.key === 'ArrowRight' && go(1)()}>
      <button type="button" onClick={go(-1)} aria-label="Previous">‹</button>
      <img src={current.value?.src} alt={current.value?.alt} />
      <button type="button" onClick={go(1)} aria-label="Next">›</button>
      <output>{index} / {slides.length}</output>
    </section>
  );
}
