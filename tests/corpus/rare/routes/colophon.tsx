import List from '$components/List';

export const meta = { title: 'Colophon' };

const faces: [name: string, designer: string][] = [
  ['Iosevka', 'Belleve Invis'],
  ['Literata', 'TypeTogether'],
];

export default function Colophon() {
  return (
    <main>
      <h1>Colophon</h1>
      <List rows={faces} render={([name, designer]) => <>{name} <small>{designer}</small></>} />
    </main>
  );
}
