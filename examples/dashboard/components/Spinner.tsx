export default function Spinner({ label = 'Loading...' }: { label?: string }) {
  return <p class="spinner" role="status">{label}</p>;
}
