-- name: create(ref, method, threshold, name, pack, pack_ref, action, action_ref, parameters, description, tags, given)^
-- Adds a policy, for an action, for a pack or (without either) for everything, and returns it.
-- @optional pack, pack_ref, action, action_ref, parameters, description, tags
INSERT INTO attune.policy (
    ref,
    pack,
    pack_ref,
    action,
    action_ref,
    parameters,
    method,
    threshold,
    name,
    description,
    tags
) VALUES (
    :ref::text,
    :pack::bigint,
    :pack_ref::text,
    :action::bigint,
    :action_ref::text,
    CASE WHEN 'parameters' = ANY(:given::text[]) THEN :parameters::text[] ELSE '{}'::text[] END,
    :method::attune.policy_method_enum,
    :threshold::integer,
    :name::text,
    :description::text,
    CASE WHEN 'tags' = ANY(:given::text[]) THEN :tags::text[] ELSE '{}'::text[] END
)
RETURNING
    policy.id,
    policy.ref,
    policy.pack,
    policy.pack_ref,
    policy.action,
    policy.action_ref,
    policy.parameters,
    policy.method,
    policy.threshold,
    policy.name,
    policy.description,
    policy.tags,
    policy.created,
    policy.updated;
