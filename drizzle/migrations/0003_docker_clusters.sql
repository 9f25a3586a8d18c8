CREATE TABLE "authorities" (
	"id" text PRIMARY KEY NOT NULL,
	"environment_id" text,
	"turn" integer NOT NULL,
	"certificate" text NOT NULL,
	"private_key" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "authorities_turn" UNIQUE NULLS NOT DISTINCT("environment_id","turn")
);
--> statement-breakpoint
CREATE TABLE "client_certificates" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"environment_id" text NOT NULL,
	"user_id" text NOT NULL,
	"token_id" text,
	"scope" text NOT NULL,
	"role" text NOT NULL,
	"authority_id" text NOT NULL,
	"serial" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "container_names" (
	"environment_id" text NOT NULL,
	"name" text NOT NULL,
	"held_until" timestamp with time zone NOT NULL,
	CONSTRAINT "container_names_environment_id_name_pk" PRIMARY KEY("environment_id","name")
);
--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "cluster_trouble" text;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "cluster_trouble_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "cluster_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "nodes" ADD COLUMN "front" text;--> statement-breakpoint
ALTER TABLE "nodes" ADD COLUMN "front_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "nodes" ADD COLUMN "swarm_id" text;--> statement-breakpoint
ALTER TABLE "nodes" ADD COLUMN "swarm_address" text;--> statement-breakpoint
ALTER TABLE "authorities" ADD CONSTRAINT "authorities_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_certificates" ADD CONSTRAINT "client_certificates_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_certificates" ADD CONSTRAINT "client_certificates_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_certificates" ADD CONSTRAINT "client_certificates_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_certificates" ADD CONSTRAINT "client_certificates_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_certificates" ADD CONSTRAINT "client_certificates_authority_id_authorities_id_fk" FOREIGN KEY ("authority_id") REFERENCES "public"."authorities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "container_names" ADD CONSTRAINT "container_names_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_certificates_environment" ON "client_certificates" USING btree ("environment_id");