CREATE TABLE "provider_facts" (
	"provider_id" text NOT NULL,
	"name" text NOT NULL,
	"value" jsonb NOT NULL,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"claimed_until" timestamp with time zone,
	CONSTRAINT "provider_facts_provider_id_name_pk" PRIMARY KEY("provider_id","name")
);
--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "image" text;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "network" text;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "subnet" text;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "disk_gib" integer;--> statement-breakpoint
ALTER TABLE "providers" ADD COLUMN "missing_permissions" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "providers" ADD COLUMN "throttled_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "provider_facts" ADD CONSTRAINT "provider_facts_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "providers" DROP COLUMN "metadata";--> statement-breakpoint
ALTER TABLE "providers" DROP COLUMN "metadata_at";