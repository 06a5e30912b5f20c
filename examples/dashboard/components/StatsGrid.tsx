import { clock, money } from '$lib/format';
import type { Stats } from '$lib/types';

/** The figures of a week. */
export default function StatsGrid({ stats }: { stats: Stats }) {
  return (
    <dl class="cards figures" data-at={stats.at}>
      <div class="card"><dt class="small">Revenue, 7 days</dt><dd class="figure">{money(stats.revenue)}</dd></div>
      <div class="card"><dt class="small">Orders, 7 days</dt><dd class="figure">{stats.orders}</dd></div>
      <div class="card"><dt class="small">Average order</dt><dd class="figure">{money(stats.average)}</dd></div>
      <div class="card"><dt class="small">Low in stock</dt><dd class="figure">{stats.low}</dd><dd class="small">as of {clock(stats.at)} UTC</dd></div>
    </dl>
  );
}
