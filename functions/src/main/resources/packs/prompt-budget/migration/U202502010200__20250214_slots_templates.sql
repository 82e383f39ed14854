-- Undoes V202502010200__20250214_slots_templates.sql. The slots are gone with their table.

DROP TABLE slots;
