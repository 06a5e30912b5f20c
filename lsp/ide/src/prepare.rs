//! What is needed first when somebody types, made before that: the data of HTML and of the framework, and what completion asks of a
//! whole project. Nothing depends on it but how long the first answers take.

use velox_db::{Db, Project};

/// Reads the data that is part of the program.
pub fn read_data() {
    crate::html::tags(crate::html::Namespace::Html);
    crate::framework::modules();
}

/// Asks what completion, and the code lenses, ask of all files of a project.
pub fn project(db: &dyn Db, project: Project) {
    velox_db::exporters(db, project);
    velox_db::project_components(db, project);
    velox_db::layout_names(db, project);
    velox_db::route_table(db, project);
    velox_db::route_index(db, project);
    velox_db::site_index(db, project);
}
