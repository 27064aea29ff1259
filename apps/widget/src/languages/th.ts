import type { Strings } from '../strings';

export default {
  greeting: 'สวัสดี มีอะไรให้ช่วยไหม',
  close: 'ปิด',
  anew: 'เริ่มการสนทนาใหม่',
  ask: 'พิมพ์คำถาม…',
  send: 'ส่ง',
  stop: 'หยุด',
  you: 'คุณ',
  typing: 'กำลังตอบ…',
  sending: 'กำลังส่ง…',
  unsent: 'ส่งไม่สำเร็จ',
  retry: 'ลองอีกครั้ง',
  offline: 'ไม่มีการเชื่อมต่อ ข้อความของคุณยังอยู่',
  up: 'มีประโยชน์',
  down: 'ไม่มีประโยชน์',
  source: 'แหล่งที่มา',
  page: 'หน้า',
  back: 'กลับ',
  visit: 'เปิดแหล่งที่มา',
  powered: 'ขับเคลื่อนโดย',
} satisfies Strings;
