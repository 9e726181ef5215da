ALTER TABLE "invitations" ADD COLUMN "mailed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "unproven" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "revoked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "revoked_by" uuid;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_revoked_by_people_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitations_accepted" ON "invitations" USING btree ("accepted_by");--> statement-breakpoint
-- No invitation was ever mailed before: whoever became a member by one joined on the word of whoever handed it over.
UPDATE "invitations" SET "unproven" = true FROM "members"
  WHERE "members"."organisation_id" = "invitations"."organisation_id"
    AND "members"."person_id" = "invitations"."accepted_by"
    AND "members"."joined_at" = "invitations"."accepted_at";--> statement-breakpoint
-- Names had no limit once. The trail keeps what it says.
UPDATE "people" SET "name" = coalesce(nullif(left(btrim(regexp_replace("name",
    '[\u0001-\u001F\u007F-\u009F\u200B\u2028\u2029\u202A-\u202E\u2060-\u2069\uFEFF]', '', 'g')), 100), ''), split_part("email", '@', 1))
  WHERE length("name") > 100 OR btrim("name") = ''
    OR "name" ~ '[\u0001-\u001F\u007F-\u009F\u200B\u2028\u2029\u202A-\u202E\u2060-\u2069\uFEFF]';
