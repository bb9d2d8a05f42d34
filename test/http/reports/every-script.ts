import type { ReportContent } from '../../../src/homework/report/report-model.ts';

/** A sentence in each script that a report must be able to hold, as a person would write it. */
export const sentences: Readonly<Record<string, string>> = {
  'Simplified Chinese': '我在会议上说话，没有人笑。“很好”，骨直',
  'Traditional Chinese': '我在會議上說話，沒有人笑。ㄅㄆ骨直',
  Japanese: '会議で話しました。誰も笑いませんでした。骨直',
  Korean: '회의에서 말했습니다. 아무도 웃지 않았습니다.',
  Hindi: 'मैंने टीम की बैठक में बोला और कोई नहीं हँसा',
  Bengali: 'আমি সভায় কথা বলেছি, কেউ হাসেনি',
  Punjabi: 'ਮੈਂ ਮੀਟਿੰਗ ਵਿੱਚ ਬੋਲਿਆ',
  Gujarati: 'હું મીટિંગમાં બોલ્યો',
  Tamil: 'நான் கூட்டத்தில் பேசினேன், யாரும் சிரிக்கவில்லை',
  Telugu: 'నేను సమావేశంలో మాట్లాడాను',
  Kannada: 'ನಾನು ಸಭೆಯಲ್ಲಿ ಮಾತನಾಡಿದೆ',
  Malayalam: 'ഞാൻ യോഗത്തിൽ സംസാരിച്ചു',
  Sinhala: 'මම රැස්වීමේදී කතා කළා',
  Thai: 'ฉันพูดในที่ประชุม ไม่มีใครหัวเราะ น้ำใจ',
  Lao: 'ຂ້ອຍເວົ້າໃນກອງປະຊຸມ',
  Khmer: 'ខ្ញុំបាននិយាយនៅក្នុងកិច្ចប្រជុំ',
  Burmese: 'အစည်းအဝေးမှာ ကျွန်တော် စကားပြောခဲ့တယ်',
  Arabic: 'تحدثت في اجتماع الفريق (55 %) ولم يضحك أحد، قال "Tom" ذلك عند 12:30',
  Persian: 'در جلسه صحبت کردم (۵۵٪) و هیچ‌کس نخندید؛ پژوهش گچ',
  Urdu: 'میں نے میٹنگ میں بات کی، سب ٹھیک ہے ڑ ڈ',
  Hebrew: 'דיברתי בישיבה (55 %) ואף אחד לא צחק, שלום world 3.14',
  Amharic: 'በስብሰባው ላይ ተናገርኩ፤ ማንም አልሳቀም።',
  Greek: 'Μίλησα στη συνάντηση και κανείς δεν γέλασε',
  Russian: 'Я говорил на встрече, никто не смеялся',
  Vietnamese: 'Tôi đã nói trong cuộc họp, không ai cười',
  Armenian: 'Ես խոսեցի ժողովում',
  Georgian: 'შეხვედრაზე ვილაპარაკე',
  Marks: 'é ệ x̣̂ q̃̌ Łódź',
  Signs: '→ ≥ ≠ ✓ ☺ € ₪ ₹ ½ …',
  Emoji: '👍🏽 👩‍👩‍👧 🇩🇪 😀 ❤️ 1️⃣ 🫠',
};

/** A report of lines, as the service makes them. */
export function aReport(lines: readonly string[], more: Partial<ReportContent> = {}): ReportContent {
  return {
    ...{ language: 'en-US', headline: '3 of 4 times done, 1 missed', title: 'Speaking up' },
    ...{ period: 'Mar 1, 2026 to Mar 25, 2026', date: '2026-03-25T19:00:00.000Z', told: [] },
    ...{ members: 'Tells of 3 logs', marker: '[IS:b7c6a1f0-0000-4000-8000-000000000001:v1]' },
    sections: [{ title: 'Logged', entries: [{ lines }] }],
    ...more,
  };
}

/** Every script in every place of a report: table, headings, quoted in a line of ours, and alone. */
export const everyScript: ReportContent = aReport([], {
  sections: [
    {
      title: 'Steps',
      table: {
        head: ['Step', 'Planned', 'Done'],
        rows: [
          ['1 تحدث مع الفريق', 'once', '1 of 1'],
          ['2 我在会议上说话', 'daily', '2 of 3'],
          ['3 Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz', 'weekly', 'nothing was due'],
        ],
      },
      entries: [],
    },
    {
      title: 'Predicted, and what happened',
      entries: Object.entries(sentences).map(([name, sentence], index) => ({
        heading: `${index + 1} ${name}: ${sentence}`,
        lines: [`Mar 3, 10:00: Predicted: "${sentence}" (80 % likely); Happened: "${sentence}"`, sentence],
      })),
    },
  ],
});
