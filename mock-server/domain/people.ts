import { pick } from './random.js';

/** A name with the local part of an e-mail address for it. */
export interface Person {
  name: string;
  local: string;
}

interface Culture {
  given: string[];
  family: string[];
  /** Family name first, and what stands between the names. */
  familyFirst?: boolean;
  separator?: string;
  /** Latin forms for the e-mail address, where the names are in another script. */
  latin?: [given: string[], family: string[]];
}

const words = (text: string) => text.split(' ');

const cultures: Culture[] = [
  {
    given: words(
      'Emma Liam Olivia Noah Ava Ethan Sophia Mason Grace Henry Chloe Jack Amelia Oliver',
    ),
    family: words(
      'Johnson Williams Brown Taylor Davies Evans Walker Wright Robinson Thompson O’Neill',
    ),
  },
  {
    given: words('Jürgen Käthe Björn Sören Zoë Maëlle François Renée Andréas Brigitte Élodie'),
    family: words('Müller Strauß Dubois Lefèvre Bäcker Schröder Moreau Girard Køhler Weiß'),
  },
  {
    given: words('Lucía Iñaki José María João Inês Gonçalo Sofía Álvaro Núria Beatriz'),
    family: ['García Márquez', 'Nuñez', 'Ibáñez', 'da Conceição', 'Gonçalves', 'Peña', 'Azevedo'],
  },
  {
    given: words('Åsa Øyvind Saoirse Siân Łukasz Zuzanna Jiří Žofie Gergő Ágnes İbrahim Çiğdem'),
    family: words(
      'Ångström Ødegård Ó’Súilleabháin Wójcik Dvořák Novotná Szűcs Yıldız Şahin Järvinen',
    ),
  },
  {
    given: words('Adaeze Chidi Kwame Ama Thandiwe Sipho Amara Juma Wanjiru Tendai'),
    family: words('Okonkwo Adeyemi Mensah Dlamini Nkosi Kamau Mwangi Moyo Osei Abiodun'),
  },
  {
    given: words('Priya Arjun Ananya Rohan Kavya Vikram Nguyễn Linh Minh Thảo Putri Budi'),
    family: words('Sharma Iyer Patel Banerjee Kapoor Trần Phạm Santoso Wijaya Fernando'),
  },
  {
    given: words('伟 娜 秀英 子轩 小龙 雨桐'),
    family: words('王 李 张 欧阳 陈 林'),
    latin: [words('wei na xiuying zixuan xiaolong yutong'), words('wang li zhang ouyang chen lin')],
    familyFirst: true,
    separator: '',
  },
  {
    given: words('太郎 花子 さくら 健一 陽菜 蓮'),
    family: words('佐藤 鈴木 髙橋 田中 渡辺 小林'),
    latin: [
      words('taro hanako sakura kenichi hina ren'),
      words('sato suzuki takahashi tanaka watanabe kobayashi'),
    ],
    familyFirst: true,
    separator: ' ',
  },
  {
    given: words('민준 서연 지우 하은 도윤'),
    family: words('김 이 박 최 정'),
    latin: [words('minjun seoyeon jiwoo haeun doyun'), words('kim lee park choi jung')],
    familyFirst: true,
    separator: '',
  },
  {
    given: words('محمد فاطمة ليلى عمر يوسف نور'),
    family: words('الهاشمي المصري حداد القاسمي الشريف'),
    latin: [
      words('mohammed fatima layla omar yousef nour'),
      words('alhashimi almasri haddad alqasimi alsharif'),
    ],
  },
  {
    given: words('נועה יונתן תמר אורי שירה'),
    family: words('כהן לוי מזרחי פרץ ביטון'),
    latin: [words('noa yonatan tamar uri shira'), words('cohen levi mizrahi peretz biton')],
  },
  {
    given: words('Анастасия Дмитрий Ольга Сергій Ірина'),
    family: words('Иванова Кузнецов Шевченко Коваль Петренко'),
    latin: [
      words('anastasia dmitry olga serhiy iryna'),
      words('ivanova kuznetsov shevchenko koval petrenko'),
    ],
  },
  {
    given: words('Ελένη Γιώργος Κατερίνα Νίκος'),
    family: words('Παπαδόπουλος Οικονόμου Δημητρίου'),
    latin: [words('eleni giorgos katerina nikos'), words('papadopoulos oikonomou dimitriou')],
  },
  {
    given: words('आरव दीपिका स्नेहा கவிதா முருகன்'),
    family: words('शर्मा वर्मा गुप्ता சுப்பிரமணியன்'),
    latin: [words('aarav deepika sneha kavitha murugan'), words('sharma varma gupta subramanian')],
  },
];

/**
 * Names that break careless pages: markup, queries, formulas, templates, right-to-left
 * marks, joined emoji, the longest name allowed. Everything must show them as plain text.
 */
export const awkwardPeople: readonly Person[] = [
  { name: '<b>Bella</b> Bold', local: 'odd.bold' },
  { name: '<img src=x onerror=alert(1)>', local: 'odd.image' },
  { name: "Robert'); DROP TABLE users;--", local: 'odd.tables' },
  { name: '=HYPERLINK("https://example.com","Click")', local: 'odd.formula' },
  { name: '{{7*7}} ${7*7} Template', local: 'odd.template' },
  { name: 'null', local: 'odd.nothing' },
  { name: 'Zoe \u{1F469}\u{200D}\u{1F680} Stern', local: 'odd.emoji' },
  { name: 'Ali \u{202E}drawkcab', local: 'odd.backwards' },
  {
    name: `Longina ${'Wolfeschlegelsteinhausenbergerdorff '.repeat(3)}`.slice(0, 100).trim(),
    local: 'odd.length',
  },
  { name: 'X Æ A-12', local: 'odd.letters' },
];

/** One in twenty-five, from the second page of a list on, so that first impressions are kind. */
export const awkwardEvery = 25;

let ordinary: Person[] | undefined;

/** Every believable name once, each with another local part. Made when first asked for. */
export function ordinaryPeople(): readonly Person[] {
  ordinary ??= [
    ...new Map(cultures.flatMap(namesOf).map((person) => [person.local, person])).values(),
  ];
  return ordinary;
}

/** A believable name, or an awkward one where it is the turn of `index`. */
export function makePerson(random: () => number, index: number): Person {
  if (index % awkwardEvery !== awkwardEvery - 1) return pick(random, ordinaryPeople());
  return awkwardPeople[Math.floor(index / awkwardEvery) % awkwardPeople.length]!;
}

function namesOf({ given, family, latin, familyFirst, separator = ' ' }: Culture): Person[] {
  const [latinGiven, latinFamily] = latin ?? [given, family];
  return given.flatMap((first, place) =>
    family.map((last, row) => ({
      name: (familyFirst ? [last, first] : [first, last]).join(separator),
      local: `${slug(latinGiven[place]!)}.${slug(latinFamily[row]!)}`,
    })),
  );
}

const special: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', ł: 'l', ı: 'i', đ: 'd' };

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[ßøæłıđ]/g, (letter) => special[letter]!)
    .normalize('NFKD')
    .replace(/[^a-z]/g, '');
}
