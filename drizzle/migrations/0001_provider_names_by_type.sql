DROP INDEX "providers_name";--> statement-breakpoint
CREATE UNIQUE INDEX "providers_name" ON "providers" USING btree ("organisation_id","type",lower("name"));