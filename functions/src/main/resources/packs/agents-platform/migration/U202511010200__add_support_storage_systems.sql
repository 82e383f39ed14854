-- Undoes add_support_storage_systems.

DROP TABLE file_shares;
DROP TABLE file_access_logs;
DROP TABLE storage_quotas;
DROP TABLE storage_files;
DROP TABLE storage_folders;
DROP TABLE support_messages;
DROP TABLE support_tickets;

DROP FUNCTION set_updated_at();

DROP TYPE "ShareType";
DROP TYPE "FileAction";
DROP TYPE "FileUsageContext";
DROP TYPE "FileAccessLevel";
DROP TYPE "StorageProvider";
DROP TYPE "TicketStatus";
DROP TYPE "TicketPriority";
DROP TYPE "TicketCategory";
