CREATE TABLE "departures" (
	"scope_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"successor_id" uuid,
	"by_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "departures_scope_id_person_id_pk" PRIMARY KEY("scope_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "waivers" ADD COLUMN "announced" smallint;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "departures" ADD CONSTRAINT "departures_scope_id_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departures" ADD CONSTRAINT "departures_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departures" ADD CONSTRAINT "departures_successor_id_people_id_fk" FOREIGN KEY ("successor_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departures" ADD CONSTRAINT "departures_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "departures_open" ON "departures" USING btree ("at") WHERE "departures"."done_at" is null;--> statement-breakpoint
CREATE INDEX "records_long_rank" ON "records" USING btree ("scope_id","stage") WHERE length("records"."rank") > 28;--> statement-breakpoint
INSERT INTO "departures" ("scope_id", "person_id", "by_id", "at")
SELECT DISTINCT ON (e."trail_id", e."body" ->> 'person') e."trail_id", (e."body" ->> 'person')::uuid, e."actor_id", e."at"
FROM "events" e
JOIN "scopes" s ON s."id" = e."trail_id"
JOIN "people" p ON p."id" = (e."body" ->> 'person')::uuid
WHERE e."kind" = 'duties.changed'
  AND e."body" -> 'after' = '[]'::jsonb
  AND NOT EXISTS (SELECT 1 FROM "scope_duties" d WHERE d."scope_id" = e."trail_id" AND d."person_id" = p."id")
ORDER BY e."trail_id", e."body" ->> 'person', e."seq" DESC;
