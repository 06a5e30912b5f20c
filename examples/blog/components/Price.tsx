const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** An amount in euro cents, as readers write it. */
export default function Price({ cents }: { cents: number }) {
  return (
    <data class="price numbers" value={String(cents / 100)}>
      {euros.format(cents / 100)}
    </data>
  );
}
