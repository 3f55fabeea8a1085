-- A refused message proves no tenant, so no policy can say whose its row is: nobody reads it in a tenant's name.
revoke all on refused_message from dorsal_app;
