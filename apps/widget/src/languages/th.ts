import type { MoreStrings, Strings } from '../strings';

export default {
  greetingText: 'สวัสดี มีอะไรให้ช่วยไหม',
  closeText: 'ปิด',
  anewText: 'เริ่มการสนทนาใหม่',
  askText: 'พิมพ์คำถาม…',
  sendText: 'ส่ง',
  stopText: 'หยุด',
  youText: 'คุณ',
  typingText: 'กำลังตอบ…',
  sendingText: 'กำลังส่ง…',
  unsentText: 'ส่งไม่สำเร็จ',
  retryText: 'ลองอีกครั้ง',
  offlineText: 'ไม่มีการเชื่อมต่อ ข้อความของคุณยังอยู่',
  upText: 'มีประโยชน์',
  downText: 'ไม่มีประโยชน์',
  sourceText: 'แหล่งที่มา',
  poweredText: 'ขับเคลื่อนโดย',
  personText: 'คุยกับเจ้าหน้าที่',
  moreText: 'เพิ่มเติม',
  attachText: 'แนบไฟล์',
} satisfies Strings;

export const more = {
  pageText: 'หน้า',
  backText: 'กลับ',
  visitText: 'เปิดแหล่งที่มา',
} satisfies MoreStrings;
