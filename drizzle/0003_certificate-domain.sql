CREATE TABLE "approval_files" (
	"approval_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"added_by" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_files_approval_id_hash_pk" PRIMARY KEY("approval_id","hash")
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"number" text NOT NULL,
	"base" text NOT NULL,
	"extension" text NOT NULL,
	"typed" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"issued_on" date,
	"expires_on" date,
	"withdrawn_on" date,
	"withdrawn_why" text,
	"authority" text,
	"small_series" boolean NOT NULL,
	"categories" text[] NOT NULL,
	"covers" jsonb NOT NULL,
	"ranges" jsonb NOT NULL,
	"signatories" jsonb NOT NULL,
	"manufacturer" text,
	"representative" text,
	"references" jsonb NOT NULL,
	"search" text NOT NULL,
	CONSTRAINT "approvals_number" UNIQUE("organisation_id","number")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"organisation_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "files_organisation_id_hash_pk" PRIMARY KEY("organisation_id","hash")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"scope_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"params" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"occasion" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rejudgements" (
	"record_id" uuid PRIMARY KEY NOT NULL,
	"cause" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_sets" (
	"organisation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"note" text,
	"changed_by" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_sets_organisation_id_version_pk" PRIMARY KEY("organisation_id","version")
);
--> statement-breakpoint
CREATE TABLE "rule_trials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"settings" jsonb NOT NULL,
	"state" text NOT NULL,
	"found" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waivers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"record_id" uuid NOT NULL,
	"scope_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"reason" text NOT NULL,
	"measure" text NOT NULL,
	"ends_on" date NOT NULL,
	"state" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_note" text,
	"revoked_by" uuid,
	"revoked_at" timestamp (3) with time zone,
	"revoked_why" text,
	"extends_id" uuid
);
--> statement-breakpoint
ALTER TABLE "judgements" ADD COLUMN "rule_set" text DEFAULT '1.0' NOT NULL;--> statement-breakpoint
ALTER TABLE "judgements" ALTER COLUMN "rule_set" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "approval" text;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "fallen" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "judge_on" date;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "waived" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "review" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "rule_set" text DEFAULT '1.0' NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ALTER COLUMN "rule_set" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "ticked" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ALTER COLUMN "ticked" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "reasons" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ALTER COLUMN "reasons" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "approval_files" ADD CONSTRAINT "approval_files_approval_id_approvals_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approvals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_files" ADD CONSTRAINT "approval_files_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rejudgements" ADD CONSTRAINT "rejudgements_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_sets" ADD CONSTRAINT "rule_sets_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_sets" ADD CONSTRAINT "rule_sets_changed_by_people_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_trials" ADD CONSTRAINT "rule_trials_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_record_id_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_revoked_by_people_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approvals_base" ON "approvals" USING btree ("organisation_id","base","extension");--> statement-breakpoint
CREATE INDEX "notifications_person" ON "notifications" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("person_id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_occasion" ON "notifications" USING btree ("person_id","occasion");--> statement-breakpoint
CREATE INDEX "rejudgements_since_index" ON "rejudgements" USING btree ("since");--> statement-breakpoint
CREATE INDEX "waivers_scope" ON "waivers" USING btree ("scope_id","id");--> statement-breakpoint
CREATE INDEX "waivers_record" ON "waivers" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "waivers_ending" ON "waivers" USING btree ("ends_on") WHERE "waivers"."state" in ('proposed', 'active');--> statement-breakpoint
CREATE UNIQUE INDEX "waivers_proposed" ON "waivers" USING btree ("record_id","rule") WHERE "waivers"."state" = 'proposed';--> statement-breakpoint
CREATE UNIQUE INDEX "waivers_active" ON "waivers" USING btree ("record_id","rule") WHERE "waivers"."state" = 'active';--> statement-breakpoint
CREATE INDEX "records_approval" ON "records" USING btree ("organisation_id","approval","id");--> statement-breakpoint
CREATE INDEX "records_fallen" ON "records" USING btree ("organisation_id","approval","id") WHERE "records"."fallen";--> statement-breakpoint
CREATE INDEX "records_judge_on" ON "records" USING btree ("judge_on");
