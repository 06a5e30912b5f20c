import { signal, onMount } from 'velox/client';
import Spinner from '$components/Spinner';
import StatsGrid from '$components/StatsGrid';

export default function UserDashboard() {
  const stats = signal(null);
  const error = signal(null);
  const loading = signal(true);

  onMount(async () => {
    try {
      const res = await fetch('/api/dashboard/stats', {
        credentials: 'include',
      });
      if (!res.ok) throw new Error('Failed to fetch stats');
      stats.value = await res.json();
    } catch (e: any) {
      error.value = e.message;
    } finally {
      loading.value = false;
    }
  });

  return (
    <section id="user-dashboard" aria-live="polite">
      {loading.value && <Spinner />}
      {error.value && <p class="error">{error.value}</p>}
      {stats.value && <StatsGrid stats={stats.value} />}
    </section>
  );
}
