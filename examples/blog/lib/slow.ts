/** What `work` gives, but not before `ms` have passed: a stand-in for a query over a long table. */
export async function slowly<T>(work: Promise<T>, ms = 300): Promise<T> {
  const [result] = await Promise.all([work, new Promise((resolve) => setTimeout(resolve, ms))]);
  return result;
}
