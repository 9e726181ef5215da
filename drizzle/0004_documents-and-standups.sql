CREATE TABLE "document_clients" (
	"record_id" uuid NOT NULL,
	"client" bigint NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "document_clients_record_id_client_pk" PRIMARY KEY("record_id","client")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"person_id" uuid NOT NULL,
	"day" date NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "digests_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"inbox" boolean NOT NULL,
	"email" boolean NOT NULL,
	CONSTRAINT "notification_choices_person_id_kind_pk" PRIMARY KEY("person_id","kind")
);
--> statement-breakpoint
CREATE TABLE "absences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"from" date NOT NULL,
	"until" date NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"scope_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"seq_before" bigint NOT NULL,
	"at_before" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "visits_scope_id_person_id_pk" PRIMARY KEY("scope_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "standup_items" (
	"standup_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"record_id" uuid NOT NULL,
	"reasons" jsonb NOT NULL,
	"outcome" jsonb,
	"seconds" integer DEFAULT 0 NOT NULL,
	"reached_at" timestamp (3) with time zone,
	CONSTRAINT "standup_items_standup_id_position_pk" PRIMARY KEY("standup_id","position")
);
--> statement-breakpoint
CREATE TABLE "standup_people" (
	"standup_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "standup_people_standup_id_person_id_pk" PRIMARY KEY("standup_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "standups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"scope_id" uuid NOT NULL,
	"started_by" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"leader_id" uuid NOT NULL,
	"term" integer DEFAULT 1 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"position_since" timestamp (3) with time zone NOT NULL,
	"record_box" integer NOT NULL,
	"total_box" integer NOT NULL,
	"seq" bigint NOT NULL,
	"since_seq" bigint,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
DROP INDEX "document_updates_record_id_id_index";--> statement-breakpoint
ALTER TABLE "document_updates" ADD COLUMN "number" integer;--> statement-breakpoint
-- What was written before is numbered within its document, from 1, in the order it came in.
UPDATE "document_updates" SET "number" = "counted"."number" FROM (SELECT "id", row_number() OVER (PARTITION BY "record_id" ORDER BY "id") AS "number" FROM "document_updates") AS "counted" WHERE "counted"."id" = "document_updates"."id";--> statement-breakpoint
ALTER TABLE "document_updates" ALTER COLUMN "number" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "document_updates" DROP COLUMN "id";--> statement-breakpoint
ALTER TABLE "document_updates" ADD CONSTRAINT "document_updates_record_id_number_pk" PRIMARY KEY("record_id","number");--> statement-breakpoint
UPDATE "documents" SET "up_to" = 0;--> statement-breakpoint
ALTER TABLE "documents" ALTER COLUMN "up_to" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "last" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "documents" SET "last" = (SELECT count(*) FROM "document_updates" WHERE "document_updates"."record_id" = "documents"."record_id");--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "scope_id" uuid;--> statement-breakpoint
UPDATE "exceptions" SET "scope_id" = (SELECT "scope_id" FROM "records" WHERE "records"."id" = "exceptions"."record_id");--> statement-breakpoint
ALTER TABLE "exceptions" ALTER COLUMN "scope_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "severity" text;--> statement-breakpoint
UPDATE "exceptions" SET "severity" = 'major';--> statement-breakpoint
ALTER TABLE "exceptions" ALTER COLUMN "severity" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "waiting_on" text;--> statement-breakpoint
UPDATE "exceptions" SET "waiting_on" = 'us';--> statement-breakpoint
ALTER TABLE "exceptions" ALTER COLUMN "waiting_on" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "waiting_since" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "exceptions" SET "waiting_since" = "since";--> statement-breakpoint
ALTER TABLE "exceptions" ALTER COLUMN "waiting_since" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "waited_on_us" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "waited_on_others" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "rule" text;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "entry" text;--> statement-breakpoint
ALTER TABLE "exceptions" ADD COLUMN "reopened" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "release_on" date;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "card" jsonb;--> statement-breakpoint
ALTER TABLE "document_clients" ADD CONSTRAINT "document_clients_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_clients" ADD CONSTRAINT "document_clients_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standup_items" ADD CONSTRAINT "standup_items_standup_id_standups_id_fk" FOREIGN KEY ("standup_id") REFERENCES "public"."standups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standup_items" ADD CONSTRAINT "standup_items_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standup_people" ADD CONSTRAINT "standup_people_standup_id_standups_id_fk" FOREIGN KEY ("standup_id") REFERENCES "public"."standups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standup_people" ADD CONSTRAINT "standup_people_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standups" ADD CONSTRAINT "standups_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standups" ADD CONSTRAINT "standups_started_by_people_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standups" ADD CONSTRAINT "standups_leader_id_people_id_fk" FOREIGN KEY ("leader_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standups" ADD CONSTRAINT "standups_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absences_person" ON "absences" USING btree ("organisation_id","person_id","until");--> statement-breakpoint
CREATE UNIQUE INDEX "standup_items_record" ON "standup_items" USING btree ("standup_id","record_id");--> statement-breakpoint
CREATE INDEX "standup_items_of_record" ON "standup_items" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "standups_scope" ON "standups" USING btree ("scope_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "standups_open" ON "standups" USING btree ("scope_id") WHERE "standups"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exceptions_scope" ON "exceptions" USING btree ("scope_id","id");--> statement-breakpoint
CREATE INDEX "exceptions_open" ON "exceptions" USING btree ("scope_id","since") WHERE "exceptions"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "exceptions_finding" ON "exceptions" USING btree ("record_id","rule",coalesce("entry", '')) WHERE "exceptions"."closed_at" is null and "exceptions"."rule" is not null;--> statement-breakpoint
CREATE INDEX "records_due" ON "records" USING btree ("scope_id","due_on") WHERE "records"."due_on" is not null;--> statement-breakpoint
CREATE INDEX "records_release" ON "records" USING btree ("scope_id","release_on") WHERE "records"."release_on" is not null;--> statement-breakpoint
-- The heads of the trails count by owner of the next action from now on.
UPDATE "trails" SET "counts" = "trails"."counts" || "owned"."counts" FROM (SELECT "scope_id", jsonb_object_agg("key", "count") AS "counts" FROM (SELECT "scope_id", 'owner.' || coalesce("action_owner_id"::text, 'none') AS "key", count(*)::int AS "count" FROM "records" WHERE "stage" <> 'archive' GROUP BY 1, 2) AS "by_owner" GROUP BY 1) AS "owned" WHERE "trails"."id" = "owned"."scope_id";
